import { expect } from '@open-wc/testing';
import { emulateMedia } from '@web/test-runner-commands';
import { specimens } from '../../../demo/states/all.js';
import { show } from '../../../demo/states/specimen.js';
import { LANGUAGES, speak } from '../support/languages.js';

/** Inherited properties that a page may set. */
const INHERITED: Readonly<Record<string, string>> = {
  'white-space': 'pre-wrap',
  'white-space-collapse': 'preserve-breaks',
  'text-wrap': 'nowrap',
  'text-indent': '4em',
  'letter-spacing': '0.3em',
  'word-spacing': '1em',
  'text-transform': 'uppercase',
  'text-shadow': '2px 2px red',
  'text-align': 'end',
  'text-align-last': 'center',
  'line-height': '3',
  'font-style': 'italic',
  'font-weight': '900',
  'font-variant': 'small-caps',
  'font-stretch': 'condensed',
  'font-size': '9px',
  'font-family': 'monospace',
  'font-feature-settings': '"smcp"',
  'font-variation-settings': '"wght" 800',
  'font-kerning': 'none',
  'font-size-adjust': '0.9',
  'font-synthesis': 'none',
  'font-optical-sizing': 'none',
  'font-palette': 'dark',
  color: 'rgb(1, 2, 3)',
  hyphens: 'auto',
  'hyphenate-character': '"="',
  'word-break': 'break-all',
  'overflow-wrap': 'normal',
  'line-break': 'anywhere',
  'tab-size': '40',
  quotes: '"<" ">"',
  'list-style': 'square inside',
  cursor: 'wait',
  'user-select': 'none',
  'writing-mode': 'vertical-rl',
  'text-orientation': 'upright',
  'text-combine-upright': 'all',
  'caret-color': 'red',
  'accent-color': 'red',
  '-webkit-text-stroke': '2px red',
  '-webkit-text-fill-color': 'red',
  '-webkit-text-security': 'disc',
  '-webkit-user-modify': 'read-write',
  'text-emphasis': 'filled red',
  'text-emphasis-position': 'under right',
  'text-underline-offset': '9px',
  'text-underline-position': 'under',
  'text-decoration-skip-ink': 'none',
  'text-rendering': 'geometricPrecision',
  'text-autospace': 'no-autospace',
  'text-spacing-trim': 'space-all',
  'text-box-edge': 'cap alphabetic',
  'hanging-punctuation': 'first',
  'ruby-position': 'under',
  'border-collapse': 'collapse',
  'border-spacing': '9px',
  'caption-side': 'bottom',
  'empty-cells': 'hide',
  orphans: '9',
  widows: '9',
  'image-rendering': 'pixelated',
  'scrollbar-color': 'red blue',
  '-webkit-font-smoothing': 'antialiased',
  '-webkit-line-break': 'after-white-space',
  'stroke-width': '9px',
  fill: 'red',
  stroke: 'red',
};

/** The states that are measured: at least one of each element, with much content. */
const TITLES = [
  'snap-camera is blocked',
  'snap-camera is on, for clips',
  'snap-sender has lost the server',
  'snap-sender is connected, twelve wait',
  'snap-sender has failed to send what has long names',
  'snap-invite is ready',
  'photo-trail with everything',
  'photo-trail is empty',
];

describe('the text styles of a page', () => {
  let page: HTMLElement;
  const style = document.createElement('style');
  const hosts: HTMLElement[] = [];

  before(async () => {
    await emulateMedia({ reducedMotion: 'reduce' });
    await speak(LANGUAGES[0]!);
    page = document.body.appendChild(document.createElement('main'));
    page.style.cssText = 'width: 500px; height: 6000px';
    document.head.append(style);
    for (const specimen of specimens) {
      if (!TITLES.includes(`${specimen.tag} ${specimen.title}`)) continue;
      const host = await show(specimen, page);
      host.style.width = '500px';
      // Where a page writes downwards, a block is as high as the page, and a camera fills its
      // height.
      host.style.height = `${host.offsetHeight}px`;
      hosts.push(host);
    }
    void expect(hosts).to.have.length(TITLES.length);
  });

  afterEach(() => {
    style.textContent = '';
  });

  after(async () => {
    page.remove();
    style.remove();
    await emulateMedia({ reducedMotion: 'no-preference' });
  });

  for (const [property, value] of Object.entries(INHERITED)) {
    // Set on an element itself, these two are the author's wish, and `*` matches the element.
    const own = property === 'color' || property === 'font-family';
    for (const selector of own ? ['main', 'body, html, main'] : ['main', '*']) {
      it(`do not leak in: ${selector} { ${property}: ${value} }`, function () {
        if (!CSS.supports(property, value)) this.skip();
        const before = hosts.map((host) => looks(host, property));
        style.textContent = `${selector} { ${property}: ${value} }`;
        const after = hosts.map((host) => looks(host, property));
        for (const [at, host] of hosts.entries())
          void expect(after[at], host.localName).to.deep.equal(before[at]);
      });
    }
  }

  const wishes = [
    { property: 'color', all: '--snap-text', value: 'rgb(1, 2, 3)' },
    { property: 'font-family', all: '--snap-font', value: 'Georgia, serif' },
  ];
  for (const { property, all, value } of wishes) {
    it(`apply if set on the element itself: ${property} does what ${all} does`, () => {
      const plain = hosts.map((host) => looks(host, property));
      style.textContent = `main > *, main > snap-connection > * { ${all}: ${value} }`;
      const wished = hosts.map((host) => looks(host, property));
      style.textContent = `main > *, main > snap-connection > * { ${property}: ${value} }`;
      const said = hosts.map((host) => looks(host, property));
      for (const [at, host] of hosts.entries()) {
        void expect(said[at], host.localName).to.deep.equal(wished[at]);
        void expect(
          said[at]!.filter((look, node) => look !== plain[at]![node]).length,
          host.localName,
        ).to.be.above(4);
      }
    });
  }

  it('apply if they are not about text: direction, color-scheme, visibility, pointer-events', () => {
    const rightly = {
      direction: 'rtl',
      'color-scheme': 'dark',
      visibility: 'hidden',
      'pointer-events': 'none',
    };
    for (const [property, value] of Object.entries(rightly)) {
      style.textContent = `main { ${property}: ${value} }`;
      for (const host of hosts) {
        const inner = host.shadowRoot!.querySelector('[part]')!;
        void expect(getComputedStyle(inner).getPropertyValue(property), host.localName).to.equal(value);
      }
    }
  });

  it('apply to slotted content', async () => {
    const specimen = specimens.find(({ title, tag }) => tag === 'snap-invite' && title === 'is ready')!;
    const invite = await show(specimen, page);
    const sentence = invite.appendChild(document.createElement('em'));
    sentence.textContent = 'Scan   it';
    style.textContent =
      'em { white-space: pre; letter-spacing: 3px; text-transform: uppercase; font: italic 700 20px/2 monospace; color: rgb(1, 2, 3) }';
    const { whiteSpace, letterSpacing, textTransform, fontStyle, fontSize, color } =
      getComputedStyle(sentence);
    void expect([whiteSpace, letterSpacing, textTransform, fontStyle, fontSize, color]).to.deep.equal([
      'pre',
      '3px',
      'uppercase',
      'italic',
      '20px',
      'rgb(1, 2, 3)',
    ]);
    invite.remove();
  });

  for (const size of ['62.5%', '10px', '50%', '6px']) {
    it(`keep the person’s font size: html { font-size: ${size} }`, () => {
      const before = hosts.map((host) => looks(host, 'font-size'));
      style.textContent = `html { font-size: ${size} }`;
      const after = hosts.map((host) => looks(host, 'font-size'));
      void expect(after).to.deep.equal(before);
      void expect(Math.min(...hosts.flatMap(letters))).to.be.at.least(12);
    });
  }

  it('enlarge the text if the page’s font is larger', () => {
    style.textContent = 'html { font-size: 150% }';
    void expect(Math.max(...hosts.flatMap(letters))).to.be.at.least(24);
  });

  it('set the font size by --snap-font-size', () => {
    style.textContent = 'main { --snap-font-size: 20px }';
    for (const host of hosts) {
      const box = host.shadowRoot!.querySelector('.root')!;
      void expect(getComputedStyle(box).fontSize, host.localName).to.equal('20px');
    }
  });
});

/**
 * The position of every node in `host`, relative to `host`, and its computed value of `property`.
 */
function looks(host: HTMLElement, property: string): string[] {
  const box = host.getBoundingClientRect();
  const nodes = [...host.shadowRoot!.querySelectorAll('*')].filter((node) => node.checkVisibility());
  return nodes.map((node) => {
    const { x, y, width, height } = node.getBoundingClientRect();
    const rect = [x - box.x, y - box.y, width, height].map((length) => Math.round(length));
    return `${node.localName} ${rect.join(' ')} ${getComputedStyle(node).getPropertyValue(property)}`;
  });
}

/** The font sizes of the text in `host`, in px. */
function letters(host: HTMLElement): number[] {
  const texts = [...host.shadowRoot!.querySelectorAll('*')].filter((node) =>
    [...node.childNodes].some((child) => child instanceof Text && child.data.trim() !== ''),
  );
  return texts.map((node) => parseFloat(getComputedStyle(node).fontSize));
}
