/**
 * Whether the page runs from right to left where `element` is: by `dir` or by its style sheets, as
 * the layout has it.
 */
export function isRightToLeft(element: Element): boolean {
  return getComputedStyle(element).direction === 'rtl';
}
