import { expect } from '@open-wc/testing';
import { qrCode } from '../../../src/elements/shared/qr-code.js';

describe('a QR code', () => {
  it('has a quiet zone of four modules on each side', () => {
    const [x, y, width, height] = qrCode('https://example.org/')!.viewBox.split(' ').map(Number);
    expect([x, y]).to.deep.equal([-4, -4]);
    // Version n has 17 + 4n modules a side (ISO/IEC 18004).
    expect((width! - 8 - 17) % 4).to.equal(0);
    expect(height).to.equal(width);
  });

  it('is null for a text that no QR code can hold', () => {
    expect(qrCode('x'.repeat(3000))).to.be.null;
  });
});
