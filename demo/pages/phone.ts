import { fragment } from '../site/dom.js';
import { pageHub } from '../site/hub.js';
import { SETTINGS_CHANGE, chosen } from '../site/settings.js';
import { t, translate } from '../site/words.js';

/** In ms: how long the news of an arrival stays. */
const TOAST = 6_000;

const stage = document.querySelector<HTMLElement>('.stage-phone')!;
const sheet = stage.querySelector('dialog')!;
/** What has arrived since the sheet was open. */
let news = 0;
/** Whether all of that is photos. */
let photos = true;
/** How many were submitted when that was said last. */
let submitted = 0;
let hiding: ReturnType<typeof setTimeout> | undefined;

sheet.prepend(
  fragment(
    '<div class="sheet-bar"><button type="button" class="button" data-t>Back to the camera</button></div>',
  ),
);
stage.append(
  fragment(`<div class="phone-top">
    <button type="button" class="pill" aria-haspopup="dialog"><i></i><span></span></button>
    <button type="button" class="toast" hidden></button>
    <p class="visually-hidden" role="status"></p>
  </div>`),
);
translate(stage);

const [pill, toast] = [...stage.querySelectorAll<HTMLButtonElement>('.phone-top button')] as [
  HTMLButtonElement,
  HTMLButtonElement,
];
const said = stage.querySelector('.phone-top [role=status]')!;

pill.addEventListener('click', () => open(''));
toast.addEventListener('click', () => open('photo-trail'));
sheet.querySelector('button')!.addEventListener('click', () => sheet.close());
// A press beside the sheet closes it.
sheet.addEventListener('click', ({ target }) => target === sheet && sheet.close());
for (const type of ['snap-connection-change', 'snap-peer-join', 'snap-peer-leave', SETTINGS_CHANGE])
  document.addEventListener(type, show);
document.addEventListener('snap-received', ({ item }) => {
  if (sheet.open) return;
  news += 1;
  photos &&= item.kind === 'photo';
  tell(arrived(news));
});
document.addEventListener('snap-transfer-change', () => {
  const sent = pageHub().transfers.filter(({ direction }) => direction === 'send');
  const done = sent.filter(({ recipients }) => recipients.some(({ outcome }) => outcome === 'submitted'));
  if (done.length === 0 || done.length < sent.length || done.length === submitted) return;
  submitted = done.length;
  tell(t('Submitted. You can close this page.'));
});
show();

/** Says it beside the picture for a while, and to screen readers. */
function tell(text: string): void {
  clearTimeout(hiding);
  hiding = setTimeout(() => (toast.hidden = true), TOAST);
  toast.hidden = false;
  said.textContent = toast.textContent = text;
}

function open(part: string): void {
  news = 0;
  photos = true;
  toast.hidden = true;
  show();
  sheet.showModal();
  // It was scrolled when it was open before.
  if (part) sheet.querySelector(part)!.scrollIntoView({ block: 'center' });
  else sheet.scrollTop = 0;
}

function show(): void {
  const { state, peers } = pageHub();
  pill.dataset.state = state;
  pill.lastElementChild!.textContent = status(state, peers.length, peers[0]?.name ?? '');
  if (news > 0) toast.textContent = arrived(news);
}

function status(state: string, count: number, name: string): string {
  if (state === 'connected') return count === 1 && name ? name : `${t('Connected')} · ${count}`;
  if (state === 'waiting') return t('Nobody is here yet');
  if (state === 'failed') return t('No room');
  return t(state === 'reconnecting' ? 'Reconnecting…' : 'Connecting…');
}

function arrived(count: number): string {
  const one = new Intl.PluralRules(chosen('lang')).select(count) === 'one';
  if (!photos) return `${t('Arrived')}: ${count}`;
  return `${count} ${t(one ? 'new photo' : 'new photos')}`;
}
