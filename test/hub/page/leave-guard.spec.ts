import { expect } from '@open-wc/testing';
import { LeaveGuard } from '../../../src/hub/page/leave-guard.js';

/** Whether the browser would ask before it leaves the page. */
function asks(): boolean {
  const event = new Event('beforeunload', { cancelable: true });
  dispatchEvent(event);
  return event.defaultPrevented;
}

describe('before the page is left', () => {
  it('the browser asks while something is to be sent that would be lost, and only then', () => {
    let wouldLose = true;
    const guard = new LeaveGuard(() => wouldLose);
    expect(asks()).to.equal(false);
    guard.keep(true);
    guard.keep(true);
    expect(asks()).to.equal(true);
    wouldLose = false;
    expect(asks()).to.equal(false);
    wouldLose = true;
    guard.keep(false);
    expect(asks()).to.equal(false);
  });
});
