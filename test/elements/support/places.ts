/** A container that an author may put an element into; `HERE` marks the element. */
export interface Place {
  readonly name: string;
  readonly html: string;
  /**
   * In px: the minimum width in a container of 800 px; 0 if it has to fill the parent's content
   * box. Default: 200.
   */
  readonly least?: number;
}

/** The widths of the outer container: a window's and a phone's. */
export const ROOMS = [800, 288];

const filled = { least: 0 };
const words = 'Photos of the damage, taken on the spot, from near and from afar. '.repeat(8);

export const places: readonly Place[] = [
  { name: 'a block', html: '<div>HERE</div>', ...filled },
  { name: 'a dialog', html: '<dialog>HERE</dialog>' },
  {
    name: 'a dialog with a form',
    html: '<dialog><form method="dialog">HERE<button>OK</button></form></dialog>',
  },
  { name: 'a popover', html: '<div popover>HERE</div>' },
  { name: 'a flex row', html: '<div data-css="display:flex">HERE</div>' },
  { name: 'a flex row, beside a button', html: '<div data-css="display:flex"><button>OK</button>HERE</div>' },
  {
    name: 'a flex row, beside a long text',
    html: `<div data-css="display:flex"><p>${words}</p>HERE</div>`,
    least: 160,
  },
  {
    name: 'a flex row, centred',
    html: '<div data-css="display:flex;justify-content:center;align-items:center">HERE</div>',
  },
  {
    name: 'a flex row that wraps',
    html: '<div data-css="display:flex;flex-wrap:wrap"><p>Photos</p>HERE</div>',
  },
  { name: 'an inline flex row', html: '<div data-css="display:inline-flex">HERE</div>' },
  { name: 'a flex column', html: '<div data-css="display:flex;flex-direction:column">HERE</div>', ...filled },
  {
    name: 'a flex column, centred',
    html: '<div data-css="display:flex;flex-direction:column;align-items:center">HERE</div>',
  },
  {
    name: 'a flex column, at its start',
    html: '<div data-css="display:flex;flex-direction:column;align-items:start">HERE</div>',
  },
  { name: 'a grid', html: '<div data-css="display:grid">HERE</div>', ...filled },
  { name: 'a grid, centred', html: '<div data-css="display:grid;place-items:center">HERE</div>' },
  {
    name: 'a grid with a centred column',
    html: '<div data-css="display:grid;justify-content:center">HERE</div>',
  },
  {
    name: 'a grid of a label and a value',
    html: '<div data-css="display:grid;grid-template-columns:auto 1fr"><b>Photos</b>HERE</div>',
  },
  {
    name: 'a column of a grid',
    html: '<div data-css="display:grid;grid-template-columns:1fr 1fr;gap:16px"><p>Photos</p>HERE</div>',
    least: 136,
  },
  { name: 'an inline grid', html: '<div data-css="display:inline-grid">HERE</div>' },
  { name: 'a table’s cell', html: '<table><tr><td>Photos</td><td>HERE</td></tr></table>' },
  {
    name: 'a table’s cell, beside a long text',
    html: `<table><tr><td>${words}</td><td>HERE</td></tr></table>`,
    least: 160,
  },
  { name: 'a table’s header cell', html: '<table><tr><th>HERE</th></tr></table>' },
  { name: 'a box that is a table', html: '<div data-css="display:table">HERE</div>' },
  { name: 'a float', html: '<div data-css="display:flow-root"><div data-css="float:left">HERE</div></div>' },
  { name: 'an inline block', html: '<div data-css="display:inline-block">HERE</div>' },
  {
    name: 'an absolute box',
    html: '<div data-css="position:relative"><div data-css="position:absolute">HERE</div></div>',
  },
  { name: 'a fixed box', html: '<div data-css="position:fixed;left:0;max-width:100%">HERE</div>' },
  { name: 'a box that fits its content', html: '<div data-css="width:fit-content">HERE</div>' },
  {
    name: 'a box as narrow as its content',
    html: '<div data-css="width:min-content">HERE</div>',
    least: 160,
  },
  { name: 'a fieldset', html: '<fieldset><legend>Photos</legend>HERE</fieldset>', ...filled },
  { name: 'details', html: '<details open><summary>Photos</summary>HERE</details>', ...filled },
  { name: 'a label', html: '<label data-css="display:inline-flex;align-items:center">Photos HERE</label>' },
  { name: 'columns', html: '<div data-css="columns:2">HERE</div>', least: 120 },
  {
    name: 'vertical writing',
    html: '<div data-css="writing-mode:vertical-rl;width:100%;height:500px">HERE</div>',
  },
  { name: 'an item of a list', html: '<ul><li>HERE</li></ul>', ...filled },
  { name: 'a definition', html: '<dl><dt>Photos</dt><dd>HERE</dd></dl>', ...filled },
  {
    name: 'a box without a box',
    html: '<div data-css="display:flex"><div data-css="display:contents">HERE</div></div>',
  },
  { name: 'a paragraph', html: '<p>Photos: HERE</p>', ...filled },
  { name: 'a span', html: '<div><span>Photos: HERE</span></div>' },
  { name: 'a centred text', html: '<center>HERE</center>', ...filled },
  {
    name: 'a text that does not break',
    html: '<div data-css="white-space:nowrap;display:inline-block">HERE</div>',
  },
  { name: 'a container', html: '<div data-css="container-type:inline-size">HERE</div>', ...filled },
  { name: 'a scroller', html: '<div data-css="overflow:auto;max-height:300px">HERE</div>' },
  {
    name: 'an inline block in a flex column in a dialog',
    html: '<dialog><div data-css="display:flex;flex-direction:column;align-items:center"><div data-css="display:inline-block">HERE</div></div></dialog>',
  },
];

/** The measurements of one element in one place, in px. */
export interface Fit {
  readonly tag: string;
  readonly place: string;
  readonly room: number;
  readonly width: number;
  readonly height: number;
  /** The expected minimum width. */
  readonly least: number;
  /**
   * How far it overflows the outer container (or the window, if it lies above the page), or makes
   * the page scroll.
   */
  readonly out: number;
}

/**
 * Puts each of `tags` into each of `places`, in outer containers of the given widths. The function
 * is also sent to a page as text, so it uses only globals and its arguments. The page must define
 * the elements, and something for a hub.
 */
export async function tryPlaces(given: {
  readonly tags: readonly string[];
  readonly places: readonly Place[];
  readonly rooms: readonly number[];
}): Promise<Fit[]> {
  const fits: Fit[] = [];
  const hub = document.createElement('snap-connection');
  hub.id = 'hub-of-places';
  const room = document.createElement('div');
  document.body.append(hub, room);
  for (const width of given.rooms) {
    room.style.cssText = `width: ${width}px; position: relative; min-height: 1px`;
    room.innerHTML = '';
    const page = document.documentElement;
    const wide = page.scrollWidth;
    for (const place of given.places) {
      for (const tag of given.tags) {
        room.innerHTML = place.html.replace('HERE', `<${tag} connection="hub-of-places"></${tag}>`);
        // A content security policy may forbid `style` attributes, but not styles set by a script.
        for (const styled of room.querySelectorAll<HTMLElement>('[data-css]')) {
          styled.style.cssText = styled.dataset.css!;
        }
        const element = room.querySelector<HTMLElement & { updateComplete: Promise<boolean> }>(tag)!;
        room.querySelector('dialog')?.showModal();
        room.querySelector<HTMLElement>('[popover]')?.showPopover();
        await element.updateComplete;
        const box = element.getBoundingClientRect();
        const above = element.closest('dialog, [popover], [data-css*=fixed]') !== null;
        const around = above ? new DOMRect(0, 0, innerWidth, 0) : room.getBoundingClientRect();
        const parent = element.parentElement!;
        const style = getComputedStyle(parent);
        const inner = parent.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
        const least = place.least ?? 200;
        fits.push({
          tag,
          place: place.name,
          room: width,
          width: box.width,
          height: box.height,
          least: least === 0 ? inner : Math.min(least, (least * width) / 800 + 100, around.width),
          out: Math.max(around.left - box.left, box.right - around.right, page.scrollWidth - wide),
        });
      }
    }
  }
  room.remove();
  hub.remove();
  return fits;
}

/** The fits that a person would call broken, in words. */
export function broken(fits: readonly Fit[]): string[] {
  return fits
    .filter(({ width, height, least, out }) => width < least - 1 || height < 20 || out > 1)
    .map(
      ({ tag, place, room, width, height, least, out }) =>
        `<${tag}> in ${place}, in ${room} px: ${Math.round(width)} × ${Math.round(height)} px (at least ${Math.round(least)}), ${Math.round(out)} px out`,
    );
}
