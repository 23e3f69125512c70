import { SnapError } from './errors.js';

/**
 * Says in words why nothing works on a page whose Content-Security-Policy lists `trusted-types`
 * without lit's: lit makes its policy when it is loaded, and that throws. No code of ours runs
 * after it, and none can catch it, so this module is imported before everything else and listens
 * for what the browser tells of it. Nothing is half defined then: the elements stay what the page
 * makes of unknown ones.
 *
 * @see https://www.w3.org/TR/trusted-types/#trusted-types-csp-directive
 */
const POLICY = 'lit-html';

const waiting = new AbortController();

// A server that renders pages loads this, too.
if (typeof document !== 'undefined')
  document.addEventListener('securitypolicyviolation', tell, { signal: waiting.signal });

function tell({ effectiveDirective, sample, disposition }: SecurityPolicyViolationEvent): void {
  if (effectiveDirective !== 'trusted-types' || disposition !== 'enforce' || sample !== POLICY) return;
  waiting.abort();
  const error = new SnapError('trusted-types-refused');
  // There is no element yet to tell it, and nobody but a developer who can mend it.
  // eslint-disable-next-line no-console
  console.error(`snaptrail: ${error.message} [${error.code}]`);
}

/** Called as soon as lit is there: from now on such a violation is somebody else's. */
export function litIsThere(): void {
  waiting.abort();
}
