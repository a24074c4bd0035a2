/** Messages name at most so many items. */
const MOST = 10;

/** Joins items for a message, which names the first of them. */
export function listed(items: readonly string[]): string {
  const shown = items.slice(0, MOST).join(', ');
  return items.length > MOST ? `${shown} and ${items.length - MOST} more` : shown;
}
