import type { CameraRequest } from '../../capture/camera/camera.js';
import { isFacing } from '../../capture/camera/cameras.js';
import type { Viewfinder } from '../../capture/camera/viewfinder.js';

/** The cameras to switch to, in the order to try them. */
export function anotherThan(former: CameraRequest, viewfinder: Viewfinder): CameraRequest[] {
  const others = viewfinder.otherCameras.map((deviceId) => theCamera(former, deviceId));
  const opposite = viewfinder.facing === 'environment' ? 'user' : 'environment';
  if (!isFacing(viewfinder.facing) || !viewfinder.mayFace(opposite)) return others;
  return [{ ...former, facing: opposite, deviceId: undefined }, ...others];
}

/** This camera, and none of the others if it does not start. */
export function theCamera(former: CameraRequest, deviceId: string): CameraRequest {
  return { ...former, deviceId, only: true };
}

/** Whether both ask for the same, whichever camera gives it. */
export function alike(one: CameraRequest | null, other: CameraRequest): boolean {
  return (
    one?.picture === other.picture &&
    one.sound === other.sound &&
    one.facing === other.facing &&
    one.resolution?.width === other.resolution?.width &&
    one.resolution?.height === other.resolution?.height
  );
}
