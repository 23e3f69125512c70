/**
 * How every test starts Chromium. A fake camera that nobody is asked about; data channels on a
 * machine that has nothing but loopback (which takes the fake camera's permission too); nothing
 * that phones home.
 */
export const chromiumArgs = [
  // The camera asks for the largest picture, 3840 by 2160. Five of these a second are as much work
  // as twenty of 1920 by 1080.
  '--use-fake-device-for-media-stream=fps=5',
  '--use-fake-ui-for-media-stream',
  '--allow-loopback-in-peer-connection',
  '--autoplay-policy=no-user-gesture-required',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  // Chromium's sandbox refuses to run as root, which is who one is in most containers.
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];
