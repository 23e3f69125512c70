import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, afterEach, before, describe, it } from 'node:test';
import type { Page } from 'playwright';
import type { PhotoTrail } from '../../src/elements/photo-trail/photo-trail.js';
import { Stage, items } from './support/stage.js';

interface Outcome {
  /** Names and sizes of the files that were submitted. */
  submitted?: [string, number][];
  /** The validation message that kept the form from being submitted. */
  held?: string;
}

/** Puts the page's trail into a form. */
const putIntoForm = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const trail = document.querySelector<PhotoTrail>('photo-trail')!;
    const form = Object.assign(document.createElement('form'), { id: 'claim' });
    trail.replaceWith(form);
    form.append(trail);
    trail.name = 'damage';
    const outcome: Outcome = {};
    Object.assign(window, { outcome });
    trail.addEventListener('invalid', () => (outcome.held = trail.validationMessage));
    form.addEventListener('submit', (event) => {
      // With a target, the browser sends it.
      if (form.target !== '') return;
      event.preventDefault();
      outcome.submitted = new FormData(form).getAll('damage').map((file) => {
        const { name, size } = file as File;
        return [name, size];
      });
    });
    return trail.updateComplete.then(() => undefined);
  });

const submit = (page: Page): Promise<Outcome> =>
  page.evaluate(() => {
    const { outcome } = window as unknown as { outcome: Outcome };
    delete outcome.held;
    document.querySelector<HTMLFormElement>('#claim')!.requestSubmit();
    return { ...outcome };
  });

const send = async (page: Page, size: number): Promise<void> => {
  await page
    .locator('snap-sender input[type=file]')
    .setInputFiles({ name: 'car.bin', mimeType: 'application/octet-stream', buffer: randomBytes(size) });
  await page.getByRole('button', { name: 'Send', exact: true }).click();
};

/** The smallest PNG there is: one pixel. */
const PIXEL =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

const sendPhoto = async (page: Page): Promise<void> => {
  await page
    .locator('snap-sender input[type=file]')
    .first()
    .setInputFiles({ name: 'car.png', mimeType: 'image/png', buffer: Buffer.from(PIXEL, 'base64') });
  await page.getByRole('button', { name: 'Send', exact: true }).click();
};

const receiving = (page: Page): Promise<unknown> =>
  page.waitForFunction(() => document.querySelector('photo-trail:state(receiving)'));

describe('a form with a <photo-trail>', () => {
  let stage: Stage;
  before(async () => {
    stage = await Stage.open({ camerasOff: true });
  });
  afterEach(() => stage.clear());
  after(() => stage.close());

  it('is invalid while a file arrives, says so, and submits the file afterwards', async () => {
    const [phone, desk] = await stage.meet(2, { upload: 50_000 });
    await putIntoForm(desk!);
    await send(phone!, 300_000);
    await receiving(desk!);
    const early = await submit(desk!);
    assert.match(early.held ?? '', /^1 file is still arriving \(\d+%\)\.$/);
    assert.equal(early.submitted, undefined);
    await items(desk!, 1);
    await desk!.waitForFunction(() => document.querySelector<PhotoTrail>('photo-trail')!.validity.valid);
    const late = await submit(desk!);
    assert.deepEqual(late, { submitted: [['car.bin', 300_000]] });
  });

  it('tells the phone what became of its photos: opened, removed, sent with the form', async () => {
    const [phone, desk] = await stage.meet(2);
    await putIntoForm(desk!);
    const words = (text: string): Promise<void> =>
      phone!.locator('snap-sender [part=delivered-item]').first().getByText(text).waitFor();
    await sendPhoto(phone!);
    await items(desk!, 1);
    await words('Delivered');
    await desk!.locator('photo-trail .thumb').click();
    await words('Opened');
    await desk!.keyboard.press('Escape');
    await desk!.evaluate(() => {
      const form = document.querySelector<HTMLFormElement>('#claim')!;
      const frame = Object.assign(document.createElement('iframe'), { name: 'answer' });
      document.body.append(frame);
      Object.assign(form, { method: 'post', enctype: 'multipart/form-data', target: 'answer' });
      form.requestSubmit();
    });
    await words('Submitted with the form');
    await phone!.getByText('It arrived and was submitted. You can close this page.').first().waitFor();
    // What was submitted is not said to be removed when the form is emptied.
    await desk!.evaluate(() => document.querySelector<HTMLFormElement>('#claim')!.reset());
    await items(desk!, 0);
    await words('Submitted with the form');
  });

  it('can be submitted without a file whose sender is away, once the user cancels it', async () => {
    const [phone, desk] = await stage.meet(2, { upload: 20_000 });
    await putIntoForm(desk!);
    await send(phone!, 2_000_000);
    await receiving(desk!);
    await phone!.context().close();
    await desk!.waitForFunction(() =>
      document.querySelector<PhotoTrail>('photo-trail')!.validationMessage.includes('away just now'),
    );
    assert.match((await submit(desk!)).held ?? '', /cancel it here to go on without/);
    await desk!.getByRole('button', { name: 'Cancel car.bin' }).click();
    await desk!.waitForFunction(() => document.querySelector<PhotoTrail>('photo-trail')!.validity.valid);
    assert.deepEqual(await submit(desk!), { submitted: [] });
  });
});
