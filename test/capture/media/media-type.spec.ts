import { expect } from '@open-wc/testing';
import {
  canonicalType,
  correctedType,
  extensionOf,
  typeOfName,
} from '../../../src/capture/media/media-type.js';

describe('canonicalType', () => {
  for (const [type, canonical] of [
    ['image/png', 'image/png'],
    ['image/jpg', 'image/jpeg'],
    ['AUDIO/X-M4A', 'audio/mp4'],
    [' text/plain ; charset=utf-8', 'text/plain'],
    ['video/webm;codecs=vp8', 'video/webm'],
    ['', ''],
    ['application/octet-stream', ''],
    ['constructor', 'constructor'],
  ] as const)
    it(`of "${type}" is "${canonical}"`, () => expect(canonicalType(type)).to.equal(canonical));
});

describe('typeOfName and extensionOf', () => {
  for (const [name, extension, type] of [
    ['photo.JPG', 'jpg', 'image/jpeg'],
    ['archive.tar.gz', 'gz', ''],
    ['IMG_4.HEIC', 'heic', 'image/heic'],
    ['.htaccess', '', ''],
    ['name', '', ''],
    ['name.', '', ''],
    ['a.constructor', 'constructor', ''],
  ] as const)
    it(`of "${name}" are "${type}" and "${extension}"`, () => {
      expect(extensionOf(name)).to.equal(extension);
      expect(typeOfName(name)).to.equal(type);
    });
});

describe('correctedType', () => {
  for (const [claim, type, corrected] of [
    ['image/jpg', 'image/jpeg', 'image/jpg'],
    ['image/png', 'image/jpeg', 'image/jpeg'],
    ['', 'image/jpeg', 'image/jpeg'],
    ['application/octet-stream', 'video/mp4', 'video/mp4'],
    ['audio/x-m4a', 'video/mp4', 'audio/x-m4a'],
    ['audio/webm', 'video/webm', 'audio/webm'],
    ['audio/mpeg', 'video/mpeg', 'video/mpeg'],
    ['video/webm', 'video/x-matroska', 'video/x-matroska'],
  ] as const)
    it(`of "${type}" that claims to be "${claim}" is "${corrected}"`, () =>
      expect(correctedType(claim, type)).to.equal(corrected));
});
