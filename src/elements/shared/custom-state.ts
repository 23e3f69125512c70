/**
 * Sets or clears what page CSS matches with `:state(name)`. Safari before 17.4 and Chrome before
 * 125 have no CustomStateSet, or want a dashed name: a missing style must not break the element.
 */
export function setState({ states }: ElementInternals, name: string, on: boolean): void {
  try {
    if (on) states.add(name);
    else states.delete(name);
  } catch {
    return;
  }
}
