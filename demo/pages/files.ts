import { pageHub } from '../site/hub.js';

const MEGABYTE = 1_000_000;

document.querySelector('#noise')!.addEventListener('click', () => {
  // One megabyte of it, two hundred times: as incompressible as a film, and quick to make.
  const noise = new Uint8Array(MEGABYTE);
  for (let at = 0; at < MEGABYTE; at += 50_000) crypto.getRandomValues(noise.subarray(at, at + 50_000));
  pageHub().send(
    new File(
      Array.from({ length: 200 }, () => noise),
      'noise.bin',
    ),
  );
});
