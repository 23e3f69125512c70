import { SETTINGS_CHANGE } from './settings.js';
import { element } from './dom.js';
import { t } from './words.js';

/** What a page loads before the lines of an example. */
const SCRIPT = '<script type="module" src="snaptrail.min.js"></script>';

/**
 * Runs the page's examples: `<template data-run="…">` goes into the element with that id, and its
 * source, with *Copy*, into `<figure class="code">` with `data-of` the same id. So what one reads
 * is what runs. `{…}` in its texts and attributes stands for a text in the chosen language.
 */
export function runExamples(): void {
  for (const template of document.querySelectorAll<HTMLTemplateElement>('template[data-run]')) {
    const id = template.dataset.run!;
    const running = template.content.cloneNode(true) as DocumentFragment;
    const source = sourceOf(template);
    const parts = translatable(running);
    const write = (): void => parts.forEach((part) => part());
    write();
    document.getElementById(id)!.append(running);
    const figure = document.querySelector<HTMLElement>(`figure.code[data-of="${id}"]`);
    const showCode = figure ? codeIn(figure) : null;
    showCode?.(filled(source));
    document.addEventListener(SETTINGS_CHANGE, () => {
      write();
      showCode?.(filled(source));
    });
  }
}

/** The template as it was written, but for its indentation. */
function sourceOf(template: HTMLTemplateElement): string {
  const lines = template.innerHTML
    .replace(/=""/g, '')
    .split('\n')
    .filter((line) => line.trim() !== '');
  const indent = Math.min(...lines.map((line) => line.search(/\S/)));
  return [SCRIPT, '', ...lines.map((line) => line.slice(indent).trimEnd())].join('\n');
}

function filled(text: string): string {
  return text.replace(/\{([^{}]+)\}/g, (_, english: string) => t(english));
}

/** Functions that write each text and attribute with a `{…}` in the language of now. */
function translatable(root: DocumentFragment): (() => void)[] {
  const found: (() => void)[] = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  for (let node = walker.nextNode(); node; node = walker.nextNode())
    for (const holder of node instanceof Element ? [...node.attributes] : [node as Text]) {
      const { nodeValue } = holder;
      if (nodeValue?.includes('{')) found.push(() => (holder.nodeValue = filled(nodeValue)));
    }
  return found;
}

/** Fills a figure with the code and its button; returns what shows other code there. */
function codeIn(figure: HTMLElement): (source: string) => void {
  const code = element('code', {});
  const pre = element('pre', { tabindex: '0', dir: 'ltr', translate: 'no' });
  const button = element('button', { type: 'button', class: 'copy' });
  const said = element('span', { role: 'status', class: 'visually-hidden' });
  let source = '';
  let copied = false;
  const label = (): void => {
    button.textContent = t(copied ? 'Copied' : 'Copy');
    pre.ariaLabel = t('The lines of HTML of this page');
  };
  button.addEventListener('click', () => {
    void copy(source, code).then((done) => {
      copied = done;
      label();
      said.textContent = t(done ? 'Copied' : 'Selected: now copy it');
    });
  });
  button.addEventListener('blur', () => {
    copied = false;
    label();
  });
  const head = element('div', { class: 'head' });
  head.append(element('span', { dir: 'ltr', lang: 'en' }, 'HTML'), button, said);
  pre.append(code);
  figure.append(head, pre);
  return (shown) => {
    source = shown;
    code.replaceChildren(...coloured(shown));
    label();
  };
}

/** Plain-HTTP pages have no clipboard. There the code is selected, ready to be copied by hand. */
async function copy(text: string, code: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    getSelection()!.selectAllChildren(code);
    return false;
  }
}

/** Tags, attributes and values in spans of their own, to be coloured. */
function coloured(html: string): Node[] {
  const pattern = /(<\/?[\w-]+|\/?>)|([\w-]+)(="[^"]*")?(?=[^<>]*>)/g;
  const nodes: Node[] = [];
  let at = 0;
  for (const match of html.matchAll(pattern)) {
    const [whole, tag, name, value] = match;
    nodes.push(document.createTextNode(html.slice(at, match.index)));
    if (tag) nodes.push(element('span', { class: 'tag' }, whole));
    else {
      nodes.push(element('span', { class: 'name' }, name));
      if (value) nodes.push(element('span', { class: 'value' }, value));
    }
    at = match.index + whole.length;
  }
  nodes.push(document.createTextNode(html.slice(at)));
  return nodes;
}
