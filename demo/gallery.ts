import { specimens } from './states/all.js';
import { show } from './states/specimen.js';

const query = new URLSearchParams(location.search);
document.documentElement.lang = query.get('lang') ?? 'en';
document.documentElement.dir = query.get('dir') ?? 'ltr';

const gallery = document.querySelector('main')!;

// One at a time: each camera replaces the browser's media devices while it starts.
for (const specimen of specimens) {
  const section = document.createElement('section');
  section.className = specimen.wide ? 'specimen wide' : 'specimen';
  section.id = `${specimen.tag} ${specimen.title}`.replace(/\W+/g, '-');
  const heading = document.createElement('h2');
  heading.textContent = `<${specimen.tag}> ${specimen.title}`;
  const card = document.createElement('div');
  card.className = 'card';
  section.append(heading, card);
  gallery.append(section);
  await show(specimen, card);
}
gallery.ariaBusy = 'false';
