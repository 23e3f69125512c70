import { SnapError } from './errors.js';

/**
 * Explains in the console why no element works on a page whose Content-Security-Policy lists
 * `trusted-types` without lit's policy. lit creates its policy when its module is evaluated, which
 * throws there; no code of ours runs afterwards and none can catch it. So this module is imported
 * first and listens for the violation event. No element is defined then, and the browser treats the
 * tags as unknown elements.
 *
 * @see https://www.w3.org/TR/trusted-types/#trusted-types-csp-directive
 */
const POLICY = 'lit-html';

const waiting = new AbortController();

// The module is also loaded by servers that render pages.
if (typeof document !== 'undefined')
  document.addEventListener('securitypolicyviolation', tell, { signal: waiting.signal });

function tell({ effectiveDirective, sample, disposition }: SecurityPolicyViolationEvent): void {
  if (effectiveDirective !== 'trusted-types' || disposition !== 'enforce' || sample !== POLICY) return;
  waiting.abort();
  const error = new SnapError('trusted-types-refused');
  // No element exists yet to report it, and only a developer can fix it.
  // eslint-disable-next-line no-console
  console.error(`snaptrail: ${error.message} [${error.code}]`);
}

/** Call this once lit is loaded: a later violation is not ours. */
export function litIsThere(): void {
  waiting.abort();
}
