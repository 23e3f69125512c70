import { Moments } from './clock.js';

declare global {
  /**
   * The interface of the pages of `snap-to-shown`, beside `bench`: from a click in one page to the
   * picture in the other.
   */
  var snapBench: SnapPage;
}

export interface SnapPage {
  /**
   * In the sending page: resolves when the camera is live, with the size of its picture:
   * `1920x1080`.
   */
  cameraReady(): Promise<string>;
  /** In the sending page: resolves with the time of the next click on *Snap & Send*. */
  clicked(): Promise<number>;
  /** In the receiving page: resolves with the time at which the next picture was painted. */
  shown(): Promise<number>;
}

/** `video` finds the camera's picture; `pictures` is notified of each painted picture. */
export function snapPage(video: () => HTMLVideoElement | null, pictures: Moments): SnapPage {
  const clicks = new Moments();
  // The time at which the browser received the click, not the time of this listener.
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
