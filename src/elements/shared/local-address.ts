/**
 * Whether an address leads every device to itself, so that a phone that scans it would look for the
 * page on the phone.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6761#section-6.3 about `localhost`
 */
export function isLocalAddress(url: string): boolean {
  const { hostname, protocol } = new URL(url);
  if (protocol === 'file:') return true;
  return /^(.+\.)?localhost$|^127(\.\d+){3}$|^0\.0\.0\.0$|^\[::1?\]$/.test(hostname);
}
