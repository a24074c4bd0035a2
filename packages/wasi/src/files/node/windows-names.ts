/**
 * Names that Windows takes for a device in every directory, with any extension. The digits of ports have superscript
 * forms.
 */
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])$/iu;

/**
 * Says why Windows would not take a name for a plain name in a directory, or returns `undefined`. A device, a drive, a
 * stream of a file, and a path of several components would leave the directory; a dot or space at the end would name
 * another file.
 */
export function windowsNameProblem(name: string): string | undefined {
  // eslint-disable-next-line no-control-regex
  if (/[<>:"/\\|?*\u0000-\u001f]/u.test(name)) return 'it contains a character that Windows gives a meaning';
  if (/[. ]$/u.test(name)) return 'it ends with a dot or a space, which Windows leaves out';
  const [stem = ''] = name.split('.', 1);
  if (DEVICE.test(stem.trimEnd())) return 'it is the name of a device on Windows';
  return undefined;
}

/**
 * Says why Windows would not take the target of a link for a relative path with `/` between plain names, or returns
 * `undefined`.
 */
export function windowsTargetProblem(target: string): string | undefined {
  for (const part of target.split('/')) {
    const problem = part === '' || part === '.' || part === '..' ? undefined : windowsNameProblem(part);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

/** Returns the target of a link of Windows as guests read it: with `/`, also in front of what is absolute. */
export function guestTargetOf(target: string): string {
  const path = target.replaceAll('\\', '/');
  return /^[a-z]:/iu.test(path) ? `/${path}` : path;
}
