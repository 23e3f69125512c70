import { directionOf } from '../../../demo/sample-languages.js';

export { LANGUAGES } from '../../../demo/sample-languages.js';

/** Switches the language of the page; resolves once all `elements` have rendered in it. */
export async function speak(
  lang: string,
  elements: readonly { readonly updateComplete: Promise<boolean> }[] = [],
): Promise<void> {
  const { documentElement: page } = document;
  const told = new Promise((resolve) => {
    const watch = new MutationObserver((_, observer) => {
      observer.disconnect();
      resolve(undefined);
    });
    watch.observe(page, { attributeFilter: ['lang'] });
  });
  page.dir = directionOf(lang);
  page.lang = lang;
  await told;
  await Promise.all(elements.map(({ updateComplete }) => updateComplete));
}
