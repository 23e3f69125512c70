import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Page } from 'playwright';
import type { SnapConnection } from '../../src/elements/snap-connection/snap-connection.js';
import type * as PeerJs from '../../src/peer/peerjs/vendor/peerjs.js';
import type { PhotoTrail } from '../../src/elements/photo-trail/photo-trail.js';
import { Stage, items, peers, state } from './support/stage.js';

/** Collects the code of every `snap-error`, from the start of the page's next load. */
async function listen(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const codes: string[] = [];
    Object.assign(globalThis, { codes });
    document.addEventListener('snap-error', ({ error }) => codes.push(error.code));
  });
}

const codes = (page: Page): Promise<string[]> =>
  page.evaluate(() => (globalThis as unknown as { codes: string[] }).codes);

async function sawCode(page: Page, code: string): Promise<void> {
  await page.waitForFunction(
    (wanted) => (globalThis as unknown as { codes: string[] }).codes.includes(wanted),
    code,
  );
}

describe('when something is wrong', () => {
  let stage: Stage;
  before(async () => {
    stage = await Stage.open({ camerasOff: true });
  });
  afterEach(() => stage.clear());
  after(() => stage.close());

  it('offers a file picker and a retry when there is no camera, and the file arrives', async () => {
    const [one, two] = await stage.meet(2);
    await listen(one!);
    await one!.addInitScript(() => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('none', 'NotFoundError'));
    });
    await one!.reload();
    await one!.getByRole('button', { name: 'Turn on camera' }).click();
    await sawCode(one!, 'camera-missing');
    await peers(one!, 1);
    await one!.locator('snap-camera').getByRole('button', { name: 'Try again' }).waitFor();
    const [chooser] = await Promise.all([
      one!.waitForEvent('filechooser'),
      one!.getByRole('button', { name: /^Choose (a file|files)$/ }).click(),
    ]);
    await chooser.setFiles({ name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from('hello') });
    await one!.getByRole('button', { name: 'Send', exact: true }).click();
    await items(two!, 1);
  });

  it('distinguishes a denied camera from a missing one', async () => {
    const page = await stage.visit('about:blank', { permissions: [] });
    await listen(page);
    await page.addInitScript(() => {
      navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotAllowedError'));
    });
    await page.goto(stage.demo);
    await page.getByRole('button', { name: 'Turn on camera' }).click();
    await page.waitForFunction(() =>
      (globalThis as unknown as { codes: string[] }).codes.some((code) => code.startsWith('camera-')),
    );
    assert.match((await codes(page)).join(), /^camera-denied/);
  });

  it('keeps what is queued while the PeerServer is unreachable, and delivers it afterwards', async () => {
    const one = await stage.visit('about:blank');
    await listen(one);
    let reachable = false;
    await one.routeWebSocket(/\/peerjs\//, (socket) => {
      if (reachable) socket.connectToServer();
      else void socket.close();
    });
    await one.goto(stage.demo);
    await sawCode(one, 'server-unreachable');
    await one.locator('snap-sender input[type=file]').setInputFiles({
      name: 'kept.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from('kept'),
    });
    await one.getByRole('button', { name: 'Send', exact: true }).click();
    reachable = true;
    await state(one, 'waiting');
    const two = await stage.visit(one.url());
    await items(two, 1);
    assert.equal(
      await two.evaluate(() => document.querySelector<PhotoTrail>('photo-trail')!.items[0]!.file.name),
      'kept.txt',
    );
  });

  // claim: #names-cleaned
  it('receives empty files, and cleans misleading file names', async () => {
    const [one, two] = await stage.meet(2);
    const names = ['empty.bin', '../../etc/passwd', 'photo\u202Egpj.exe', `${'я'.repeat(300)}.jpeg`];
    await one!.evaluate((all) => {
      const hub = document.querySelector<SnapConnection>('snap-connection')!;
      for (const name of all) hub.send(new File(name === 'empty.bin' ? [] : ['x'], 'x'), { name });
    }, names);
    await items(two!, names.length);
    const got = await two!.evaluate(() =>
      document
        .querySelector<PhotoTrail>('photo-trail')!
        .items.map(({ file }) => [file.name, file.size] as const)
        .reverse(),
    );
    assert.deepEqual(got[0], ['empty.bin', 0]);
    for (const [name] of got) {
      assert.doesNotMatch(name, /[/\\\u202A-\u202E\u2066-\u2069]/);
      assert.ok([...name].length <= 200);
    }
    assert.match(got[3]![0], /\.jpeg$/);
  });

  // claim: #stranger-dials-by-peerjs
  it('closes a stranger’s PeerJS connection within 6 s, and tells it nothing but a nonce', async () => {
    const member = await stage.visit('about:blank');
    await listen(member);
    const ids: string[] = [];
    member.on('websocket', (socket) => ids.push(new URL(socket.url()).searchParams.get('id') ?? ''));
    await member.goto(stage.demo);
    await state(member, 'waiting');
    const stranger = await stage.visit(`${stage.url}icon.svg`);
    for (const id of ids) {
      const heard = await stranger.evaluate(async (dialled) => {
        const { Peer } = (await import(
          `${location.origin}/src/peer/peerjs/vendor/peerjs.js`
        )) as typeof PeerJs;
        const place = { host: location.hostname, port: Number(location.port), path: '/peerjs' };
        const options: object = { ...place, config: { iceServers: [] } };
        const peer = new Peer(`stranger${Math.floor(Math.random() * 1e9)}`, options);
        await new Promise((resolve) => peer.once('open', resolve));
        const connection = peer.connect(dialled, { serialization: 'raw', reliable: true });
        const messages: string[] = [];
        let openedAt = performance.now();
        connection.on('open', () => {
          openedAt = performance.now();
          void connection.send(`room {"type":"nonce","nonce":"${'00'.repeat(32)}"}`);
        });
        connection.on('data', (data) => messages.push(String(data)));
        await new Promise<void>((resolve) => connection.on('close', () => resolve()));
        const lasted = performance.now() - openedAt;
        peer.destroy();
        return { messages, lasted };
      }, id);
      assert.ok(heard.lasted < 6000, `open for ${heard.lasted} ms`);
      assert.equal(heard.messages.length, 1);
      assert.match(heard.messages[0]!, /^room \{"type":"nonce","nonce":"[0-9a-f]+"\}$/);
    }
    assert.equal(
      await member.evaluate(() => document.querySelector<SnapConnection>('snap-connection')!.peers.length),
      0,
    );
  });
});
