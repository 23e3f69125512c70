import { expect } from '@open-wc/testing';
import { onlyFingerprint } from '../../../src/peer/peerjs/fingerprints.js';

const sdp = (...lines: string[]) =>
  ['v=0', 'm=application 9 UDP/DTLS/SCTP webrtc-datachannel', ...lines, 'a=setup:actpass', ''].join('\r\n');

describe('fingerprint of a description', () => {
  it('is the same however it is written', () => {
    expect(onlyFingerprint(sdp('a=fingerprint:sha-256 aB:cd'))).to.equal('sha-256 AB:CD');
    expect(onlyFingerprint(sdp('a=fingerprint:SHA-256 AB:CD ', 'a=fingerprint:sha-256 ab:cd'))).to.equal(
      'sha-256 AB:CD',
    );
  });

  it('is none when there is none, or a weak one', () => {
    expect(onlyFingerprint(sdp())).to.be.null;
    expect(onlyFingerprint(sdp('a=fingerprint:sha-1 AB:CD'))).to.be.null;
    expect(onlyFingerprint('')).to.be.null;
  });

  // claim: #second-fingerprint
  it('is none when another rides along', () => {
    expect(onlyFingerprint(sdp('a=fingerprint:sha-256 AB:CD', 'a=fingerprint:sha-256 EE:EE'))).to.be.null;
    expect(onlyFingerprint(sdp('a=fingerprint:sha-256 AB:CD', 'a=fingerprint:sha-1 EE:EE'))).to.be.null;
    expect(onlyFingerprint(sdp('a=fingerprint:sha-256 AB:CD', 'a=fingerprint:sha-512 AB:CD'))).to.be.null;
  });
});
