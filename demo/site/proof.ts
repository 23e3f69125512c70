import { pageHub } from './hub.js';
import { bytesOverServer } from './line.js';
import { SETTINGS_CHANGE, chosen } from './settings.js';
import { t } from './words.js';

/** Shows, in each `<output data-proof>`, what went over the server and what between the devices. */
export function showProof(): void {
  const outputs = document.querySelectorAll<HTMLOutputElement>('output[data-proof]');
  const show = (): void => {
    for (const output of outputs)
      output.textContent = size(output.dataset.proof === 'server' ? bytesOverServer() : betweenDevices());
  };
  show();
  for (const type of ['snap-transfer-change', 'snap-connection-change', 'snap-peer-join', SETTINGS_CHANGE])
    document.addEventListener(type, show);
}

function betweenDevices(): number {
  const { transfers = [] } = pageHub() as { transfers?: readonly { readonly loaded: number }[] };
  return transfers.reduce((sum, { loaded }) => sum + loaded, 0);
}

function size(bytes: number): string {
  const [value, unit] = bytes < 1e6 ? [bytes / 1e3, t('kB')] : [bytes / 1e6, t('MB')];
  const digits = value < 100 ? 1 : 0;
  return `${value.toLocaleString(chosen('lang'), { maximumFractionDigits: digits })}\u00a0${unit}`;
}
