/** Whether the computed direction of `element` is right to left, be it set by `dir` or by CSS. */
export function isRightToLeft(element: Element): boolean {
  return getComputedStyle(element).direction === 'rtl';
}
