/**
 * Has the browser ask before the page is left while something would be lost. It listens only while
 * something is to be sent: a page with such a listener may not go into the back-forward cache.
 */
export class LeaveGuard {
  readonly #wouldLose: () => boolean;
  #listening: AbortController | null = null;

  /** `wouldLose`: whether something that is to be sent would not come back after a reload. */
  constructor(wouldLose: () => boolean) {
    this.#wouldLose = wouldLose;
  }

  /** Whether anything is to be sent has changed, or may have. */
  keep(unsent: boolean): void {
    if (unsent === (this.#listening !== null)) return;
    this.#listening?.abort();
    this.#listening = unsent ? new AbortController() : null;
    if (!this.#listening) return;
    const { signal } = this.#listening;
    addEventListener('beforeunload', (event) => this.#wouldLose() && event.preventDefault(), { signal });
  }
}
