import { Moments } from './clock.js';

declare global {
  /**
   * What the pages of `snap-to-shown` offer beside `bench`: from a click in one page to the picture
   * in the other.
   */
  var snapBench: SnapPage;
}

export interface SnapPage {
  /**
   * In the sending page: resolves when the camera is live, with the size of its picture:
   * `1920x1080`.
   */
  cameraReady(): Promise<string>;
  /** In the sending page: when the next click on *Snap & Send* came. */
  clicked(): Promise<number>;
  /** In the receiving page: when the next picture was painted. */
  shown(): Promise<number>;
}

/** `video` finds the camera's picture; `pictures` is told of each picture that was painted. */
export function snapPage(video: () => HTMLVideoElement | null, pictures: Moments): SnapPage {
  const clicks = new Moments();
  // The time at which the browser got the click, not the one at which the page got round to it.
  const clicked = ({ timeStamp }: Event): void =>
    clicks.happened(undefined, performance.timeOrigin + timeStamp);
  document.addEventListener('click', clicked, { capture: true });
  return {
    async cameraReady() {
      for (;;) {
        const { videoWidth = 0, videoHeight = 0, readyState = 0 } = video() ?? {};
        if (readyState >= HTMLMediaElement.HAVE_CURRENT_DATA) return `${videoWidth}x${videoHeight}`;
        await new Promise(requestAnimationFrame);
      }
    },
    clicked: () => clicks.next(),
    shown: () => pictures.next(),
  };
}
