import { element } from './dom.js';
import { onInvite } from './hub.js';
import { SETTINGS_CHANGE } from './settings.js';
import { t } from './words.js';

/**
 * Fills each `<figure data-second="phone.html">` with a frame that shows that page in this room, so
 * that one device is enough to see both sides. With `data-auto` at once, else by a button.
 */
export function openSecondDevices(): void {
  for (const figure of document.querySelectorAll<HTMLElement>('figure[data-second]')) {
    let room = '';
    const screen = element('div', { class: 'screen' });
    figure.prepend(screen);
    const open = (): void => {
      const url = new URL(figure.dataset.second!, location.href);
      url.hash = room;
      const frame = element('iframe', {
        allow: 'camera; microphone; clipboard-write; web-share; fullscreen',
        src: url.href,
      });
      const label = (): string => (frame.title = t('A second device, in this room'));
      label();
      document.addEventListener(SETTINGS_CHANGE, label);
      screen.replaceChildren(frame);
      figure.classList.add('open');
    };
    if (figure.dataset.auto === undefined) screen.append(opener(open));
    onInvite((inviteUrl) => {
      room = new URL(inviteUrl).hash;
      figure.classList.add('ready');
      if (figure.dataset.auto !== undefined || figure.classList.contains('open')) open();
    });
  }
}

function opener(open: () => void): HTMLElement {
  const button = element('button', { type: 'button', class: 'button' });
  const label = (): string => (button.textContent = t('Open a second device here'));
  label();
  document.addEventListener(SETTINGS_CHANGE, label);
  button.addEventListener('click', open);
  return button;
}
