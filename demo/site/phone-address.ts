import { element } from './dom.js';
import { SETTINGS_CHANGE } from './settings.js';
import { t } from './words.js';

/**
 * A phone that scans `localhost` opens itself. Where this page is open under such an address, its
 * invitations to another page lead to an address of this computer that the server knows, and each
 * `<p class="phone-address">` says which, or that there is none.
 */
export async function offerPhoneAddress(): Promise<void> {
  if (!/^(localhost|127\.|\[::1\])/.test(location.hostname)) return;
  const url = await networkUrl();
  for (const invite of document.querySelectorAll('snap-invite[href]'))
    if (url) invite.setAttribute('href', new URL(invite.getAttribute('href')!, url).href);
  const show = (): void => {
    for (const line of document.querySelectorAll('.phone-address')) line.replaceChildren(...told(url));
  };
  show();
  document.addEventListener(SETTINGS_CHANGE, show);
}

function told(url: string | null): (Node | string)[] {
  if (!url)
    return [t('This address works on this computer only: it is in no network that a phone could reach.')];
  const address = element('bdi', { dir: 'ltr' }, new URL(url).host);
  return [
    t('A phone in the same Wi-Fi opens'),
    ' ',
    address,
    '. ',
    t('Over plain HTTP it takes photos with its own camera app.'),
  ];
}

async function networkUrl(): Promise<string | null> {
  try {
    const response = await fetch('addresses.json');
    const { urls } = (await response.json()) as { urls: string[] };
    return urls[0] ?? null;
  } catch {
    return null;
  }
}
