import type { Page } from 'playwright';

/**
 * Slows down what a page sends, so that something can happen half-way. Chromium applies it only to
 * connections that are made afterwards.
 */
export async function slowUpload(page: Page, bytesPerSecond: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  const unlimited = { offline: false, latency: 0, downloadThroughput: -1 };
  await session.send('Network.emulateNetworkConditions', { ...unlimited, uploadThroughput: bytesPerSecond });
}
