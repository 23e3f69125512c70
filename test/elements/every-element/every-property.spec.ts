import { expect } from '@open-wc/testing';
import '../../../src/index.js';
import { ConfiguredElement, configuredProperties } from '../../../src/elements/shared/configured-element.js';

const TAGS = ['snap-connection', 'snap-camera', 'snap-sender', 'photo-trail', 'snap-invite'] as const;

/** What pages and frameworks have been seen to give, by what it is called in a title. */
const GIVEN: readonly (readonly [string, unknown])[] = [
  ['undefined', undefined],
  ['null', null],
  ['an empty text', ''],
  ['a blank text', '  '],
  ['a text', 'desk'],
  ['a number', 5],
  ['a number as a text', '5'],
  ['zero', 0],
  ['a negative number', -1],
  ['NaN', NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
  ['a huge number', 1e300],
  ['a bigint', 5n],
  ['true', true],
  ['false', false],
  ['"false"', 'false'],
  ['"undefined"', 'undefined'],
  ['"null"', 'null'],
  ['an empty array', []],
  ['an array', ['a', 1]],
  ['an object', { a: 1 }],
  ['an object without a prototype', Object.create(null)],
  ['a symbol', Symbol('s')],
  ['a function', () => 1],
  ['a Date', new Date(0)],
  ['an element', document.createElement('p')],
];

type Properties = Record<string, unknown>;

interface Subject {
  readonly tag: (typeof TAGS)[number];
  readonly name: string;
  readonly attribute: string;
  readonly defaultValue: unknown;
  readonly clean: (given: unknown) => unknown;
}

const subjects: readonly Subject[] = TAGS.flatMap((tag) =>
  configuredProperties(customElements.get(tag) as unknown as typeof ConfiguredElement).map(
    ([name, { attribute, defaultValue, clean }]) => ({ tag, name, attribute, defaultValue, clean }),
  ),
);

/** An element that belongs to nobody, and does nothing by itself. */
function make(tag: string): ConfiguredElement & Properties {
  const element = document.createElement(tag) as unknown as ConfiguredElement & Properties;
  if (tag === 'snap-connection') element.setAttribute('manual', '');
  return element;
}

/** In the page, rendered; and out of it again. */
async function rendered(element: ConfiguredElement): Promise<void> {
  document.body.append(element);
  try {
    await element.updateComplete;
  } finally {
    element.remove();
  }
}

describe('every property of every element', () => {
  it('is covered here', () => {
    for (const tag of TAGS) {
      const type = customElements.get(tag) as unknown as typeof ConfiguredElement;
      for (const [name, options] of type.elementProperties)
        expect(options.state === true || 'clean' in options, `${tag}.${String(name)}`).to.equal(true);
    }
    expect(subjects.length).to.be.greaterThan(30);
  });
});

for (const { tag, name, attribute, defaultValue, clean } of subjects) {
  describe(`${tag}.${name}`, () => {
    it('has its default in a plain element, and does not reflect it', async () => {
      const element = make(tag);
      await rendered(element);
      expect(element[name]).to.equal(name === 'manual' ? true : defaultValue);
      if (name !== 'manual') expect(element.hasAttribute(attribute)).to.equal(false);
    });

    it('accepts any value, and keeps its type', async () => {
      for (const [title, given] of GIVEN) {
        const element = make(tag);
        expect(() => Reflect.set(element, name, given), title).not.to.throw();
        await rendered(element);
        expect(element[name], title).to.deep.equal(clean(given));
        if (given === undefined || given === null) expect(element[name], title).to.equal(defaultValue);
      }
    });

    it('accepts any attribute value, and has its default again without the attribute', async () => {
      for (const [title, given] of GIVEN) {
        let words: string;
        try {
          words = String(given);
        } catch {
          continue;
        }
        for (const spelled of new Set([attribute, name.toLowerCase()])) {
          const element = make(tag);
          element.setAttribute(spelled, words);
          await rendered(element);
          expect(element[name], title).to.equal(
            typeof defaultValue === 'boolean' ? words !== 'false' : clean(words),
          );
          // A morph takes attributes that it does not know, and leaves those that it does.
          expect(element.getAttribute(spelled), title).to.equal(words);
          element.removeAttribute(spelled);
          if (name === 'manual') element.removeAttribute('manual');
          expect(element[name], title).to.equal(defaultValue);
          await element.updateComplete;
          expect(element.hasAttribute(attribute), title).to.equal(false);
        }
      }
    });

    it('keeps a value set before the upgrade', async () => {
      for (const [title, given] of GIVEN) {
        const frame = document.implementation.createHTMLDocument();
        const element = frame.createElement(tag) as unknown as ConfiguredElement & Properties;
        if (tag === 'snap-connection' && name !== 'manual') element.setAttribute('manual', '');
        Reflect.set(element, name, given);
        expect(element instanceof ConfiguredElement, title).to.equal(false);
        document.adoptNode(element);
        customElements.upgrade(element);
        if (name === 'manual') element.setAttribute('manual', '');
        await rendered(element);
        const now = name === 'manual' ? element.manual : element[name];
        if (name !== 'manual') expect(now, title).to.deep.equal(clean(given));
        expect(Object.hasOwn(element, name), title).to.equal(false);
      }
    });

    it('returns to its default, without an attribute, when it is set to nothing', async () => {
      const element = make(tag);
      element.setAttribute(attribute, attribute === 'quality' ? '0.5' : '5');
      await rendered(element);
      // What an attribute says that means nothing stays, as in HTML.
      if (element[name] === defaultValue) return;
      element[name] = undefined;
      await element.updateComplete;
      expect(element[name]).to.equal(defaultValue);
      // A secret is not written into the markup, and not taken out of it either.
      if (!SECRETS.includes(attribute)) expect(element.hasAttribute(attribute)).to.equal(false);
    });
  });
}

const SENSELESS: readonly (readonly [(typeof TAGS)[number], string])[] = [
  ['snap-connection', 'maxSize'],
  ['snap-connection', 'maxPeers'],
  ['photo-trail', 'max'],
  ['snap-camera', 'quality'],
  ['snap-camera', 'maxDuration'],
];

for (const [tag, name] of SENSELESS)
  it(`has its default when set to 0, which makes no sense: ${tag}.${name}`, () => {
    const { defaultValue } = subjects.find((subject) => subject.tag === tag && subject.name === name)!;
    const element = make(tag);
    element[name] = 1;
    expect(element[name]).to.equal(1);
    element[name] = 0;
    expect(element[name]).to.equal(defaultValue);
  });

const SECRETS = ['room', 'ice-servers'];

describe('a secret', () => {
  for (const name of ['room', 'iceServers']) {
    it(`is never reflected: ${name}`, async () => {
      const hub = make('snap-connection');
      hub[name] =
        name === 'room' ? 'a'.repeat(26) : [{ urls: 'turn:t.test', username: 'u', credential: 'secret' }];
      await rendered(hub);
      expect(hub.outerHTML).to.equal('<snap-connection manual=""></snap-connection>');
    });
  }
});

describe('a flag', () => {
  for (const { tag, name } of subjects.filter(({ defaultValue }) => typeof defaultValue === 'boolean')) {
    it(`is off when set to the text "false": ${tag}.${name}`, () => {
      const element = make(tag);
      element[name] = true;
      element[name] = 'false';
      expect(element[name]).to.equal(false);
    });
  }
});

describe('the form of a trail', () => {
  for (const [title, given] of Object.entries<(form: HTMLFormElement) => unknown>({
    'its id': ({ id }) => id,
    'the form': (form) => form,
  })) {
    it(`is what was set before the upgrade: ${title}`, async () => {
      const form = document.createElement('form');
      form.id = 'claim';
      const trail = document.implementation.createHTMLDocument().createElement('photo-trail');
      Reflect.set(trail, 'form', given(form));
      document.body.append(form, document.adoptNode(trail));
      try {
        customElements.upgrade(trail);
        await trail.updateComplete;
        expect([trail.form === form, form.elements[0] === trail]).to.deep.equal([true, true]);
      } finally {
        form.remove();
        trail.remove();
      }
    });
  }
});
