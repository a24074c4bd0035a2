import { productionText } from './ebnf.ts';
import { kebab, type Production } from './productions.ts';
import { escapeXml, railroad } from './railroad.ts';

const STYLE = `
:root { color-scheme: light dark; --line: #444; --token: #e6f2e6; --rule: #e8eefc; --text: #111; }
@media (prefers-color-scheme: dark) {
  :root { --line: #aaa; --token: #1f3d24; --rule: #1f2f52; --text: #eee; }
}
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 72rem; padding: 0 1rem; }
h2 { font: 600 1rem ui-monospace, monospace; margin: 2rem 0 0.25rem; }
nav { columns: 14rem; font-family: ui-monospace, monospace; font-size: 0.85rem; }
nav a { display: block; }
div { overflow-x: auto; }
pre { color: GrayText; font-size: 0.8rem; margin: 0.25rem 0; overflow-x: auto; }
path { fill: none; stroke: var(--line); stroke-width: 1.5; }
rect { stroke: var(--line); stroke-width: 1.2; }
.token rect { fill: var(--token); }
.rule rect { fill: var(--rule); }
text { fill: var(--text); font: 13px ui-monospace, monospace; text-anchor: middle; }
`;

/** Returns a page of all diagrams that loads no other files. */
export function railroadPage(productions: readonly Production[]): string {
  const links = productions.map(({ name }) => `<a href="#${kebab(name)}">${kebab(name)}</a>`);
  const sections = productions.map((production) => {
    const id = kebab(production.name);
    const diagram = railroad(production.name, production.expr);
    const text = escapeXml(productionText(production));
    return `<h2 id="${id}">${id}</h2>\n<div>${diagram}</div>\n<pre>${text}</pre>`;
  });
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>The grammar of WIT</title>
<style>${STYLE}</style>
<h1>The grammar of WIT</h1>
<p>Generated from <code>grammars/wit/src/rules</code> by <code>pnpm generate</code>. Round boxes are tokens, square
ones rules.</p>
<nav>
${links.join('\n')}
</nav>
${sections.join('\n')}
</html>
`;
}
