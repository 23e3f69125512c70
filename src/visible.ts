/**
 * Whether an element is rendered: not hidden, and not in a closed dialog. Safari before 17.4 cannot
 * say; there, elements count as visible.
 */
export function isVisible(element: HTMLElement): boolean {
  return (element as Partial<HTMLElement>).checkVisibility?.() ?? true;
}
