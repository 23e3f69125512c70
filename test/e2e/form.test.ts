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
