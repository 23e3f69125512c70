import { expect } from '@open-wc/testing';
import { ConnectionSetup } from '../../../src/peer/peerjs/connection-setup.js';
import type { SetupFailure } from '../../../src/peer/peerjs/connection-setup.js';
import { task } from '../../timing/support/virtual-time.js';

describe('a connection that only a relay would carry, without any', () => {
  let caller: RTCPeerConnection;
  let called: RTCPeerConnection;
  let failures: SetupFailure[];
  let setup: ConnectionSetup;
  beforeEach(async () => {
    const relayOnly: RTCConfiguration = { iceTransportPolicy: 'relay', iceServers: [] };
    [caller, called] = [new RTCPeerConnection(relayOnly), new RTCPeerConnection(relayOnly)];
    failures = [];
    caller.createDataChannel('data');
    const onfailure = (failure: SetupFailure): number => failures.push(failure);
    setup = new ConnectionSetup(caller, { answerWithin: 60_000, onfailure });
    await caller.setLocalDescription();
  });
  afterEach(() => {
    setup.end();
    caller.close();
    called.close();
  });

  const gathered = async (): Promise<void> => {
    while (caller.iceGatheringState !== 'complete') await task();
  };
  const answer = async (): Promise<void> => {
    await called.setRemoteDescription(caller.localDescription!);
    await called.setLocalDescription();
    await caller.setRemoteDescription(called.localDescription!);
  };

  // On a busy machine the caller knows that it has no candidates before anybody has answered.
  for (const [order, steps] of [
    ['the answer comes last', [gathered, answer]],
    ['the answer comes first', [answer, gathered]],
  ] as const)
    it(`fails for want of a relay once somebody has answered: ${order}`, async () => {
      for (const [at, step] of steps.entries()) {
        if (at > 0 && step === answer) expect(failures).to.deep.equal([]);
        await step();
      }
      while (failures.length === 0) await task();
      expect(failures.map(({ error }) => error?.code)).to.deep.equal(['relay-missing']);
    });
});
