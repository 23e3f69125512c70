/**
 * Sets or clears a custom state, which page CSS matches with `:state(name)`. Safari before 17.4 and
 * Chrome before 125 lack `CustomStateSet` or insist on a dashed name; there the element works
 * without the state.
 */
export function setState({ states }: ElementInternals, name: string, on: boolean): void {
  try {
    if (on) states.add(name);
    else states.delete(name);
  } catch {
    return;
  }
}
