/** In ms. */
const FLIGHT = 480;

/** The longer side of a flying photo, in pixels. */
const EDGE = 320;

/** Whether the person wants no motion that means nothing. */
function isStill(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}

/** A short tap that the hand feels, on devices that can. Only Chromium for Android does. */
export function tap(ms = 12): void {
  if ('vibrate' in navigator) navigator.vibrate(ms);
}

/** Blinks the picture, to show the moment of the photo. */
export function blink(video: HTMLVideoElement): void {
  if (!isStill()) video.animate({ opacity: [0.25, 1] }, { duration: 220, easing: 'ease-out' });
}

/**
 * Lets a copy of what `video` shows now fly to the thumbnail, to show where the photo has gone.
 */
export function fly(video: HTMLVideoElement, to: Element | null): void {
  if (!to || isStill() || video.videoWidth === 0) return;
  const from = pictureBox(video);
  const target = to.getBoundingClientRect();
  const frame = video.parentElement!;
  const photo = copyOf(video);
  frame.append(photo);
  const origin = frame.getBoundingClientRect();
  Object.assign(photo.style, {
    left: `${from.left - origin.left}px`,
    top: `${from.top - origin.top}px`,
    width: `${from.width}px`,
    height: `${from.height}px`,
  });
  const x = target.left + target.width / 2 - (from.left + from.width / 2);
  const y = target.top + target.height / 2 - (from.top + from.height / 2);
  const scale = target.width / Math.max(from.width, from.height);
  const flight = photo.animate(
    [
      { transform: 'none', borderRadius: '0', opacity: 1 },
      { transform: `translate(${x}px, ${y}px) scale(${scale})`, borderRadius: '50%', opacity: 0.6 },
    ],
    { duration: FLIGHT, easing: 'cubic-bezier(0.5, 0, 0.2, 1)', fill: 'forwards' },
  );
  const land = (): void => photo.remove();
  // It is cancelled if the element is removed.
  flight.finished.then(land, land);
}

/** Where the picture is within its `<video>`, which shows all of it. */
export function pictureBox(video: HTMLVideoElement): DOMRect {
  const box = video.getBoundingClientRect();
  const scale = Math.min(box.width / video.videoWidth, box.height / video.videoHeight);
  const width = video.videoWidth * scale;
  const height = video.videoHeight * scale;
  return new DOMRect(box.left + (box.width - width) / 2, box.top + (box.height - height) / 2, width, height);
}

function copyOf(video: HTMLVideoElement): HTMLCanvasElement {
  const scale = Math.min(1, EDGE / Math.max(video.videoWidth, video.videoHeight));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(video.videoWidth * scale);
  canvas.height = Math.round(video.videoHeight * scale);
  canvas.className = 'flying';
  canvas.setAttribute('aria-hidden', 'true');
  const context = canvas.getContext('2d');
  if (video.classList.contains('mirrored')) {
    context?.translate(canvas.width, 0);
    context?.scale(-1, 1);
  }
  context?.drawImage(video, 0, 0, canvas.width, canvas.height);
  return canvas;
}
