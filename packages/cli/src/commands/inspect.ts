import { EXIT, inputFailure, type ExitCode } from '../failure.ts';
import { displayName, readComponent } from '../read-input.ts';
import { inspectComponent } from '../inspect/inspection.ts';
import { mermaid } from '../inspect/mermaid.ts';
import { inspectionText } from '../inspect/text.ts';
import type { CommonOptions, CommandContext } from '../command-context.ts';

interface InspectOptions extends CommonOptions {
  /** Print a diagram instead of text. */
  readonly mermaid?: boolean;
}

/** Shows what a component contains. */
export async function inspect(
  context: CommandContext,
  args: readonly string[],
  options: InspectOptions,
): Promise<ExitCode> {
  const [given = ''] = args;
  const input = await context.progress(`reading ${given}`, () => readComponent(context, given));
  const { inspection, plan } = inspectComponent(input);
  if (options.mermaid === true) {
    if (plan === undefined) {
      throw inputFailure(
        `${displayName(given)} cannot be instantiated, so there is no diagram of it`,
        'run `wit-ts validate` to see why',
      );
    }
    const text = mermaid(plan, inspection.component);
    if (context.json) context.outJson({ mermaid: text });
    else context.out(text);
  } else if (context.json) context.outJson(inspection);
  else
    context.out(
      inspectionText(given === '-' ? 'standard input' : given, inspection, { color: context.color() }),
    );
  return EXIT.success;
}
