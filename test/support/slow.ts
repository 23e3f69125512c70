import type { Page } from 'playwright';

/**
 * Makes the way out of a page slow, so that something can happen half-way. Chromium looks at it
 * when a connection is made: call it before the page meets anybody.
 */
export async function slowUpload(page: Page, bytesPerSecond: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  const unlimited = { offline: false, latency: 0, downloadThroughput: -1 };
  await session.send('Network.emulateNetworkConditions', { ...unlimited, uploadThroughput: bytesPerSecond });
}
