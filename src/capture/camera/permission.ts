/**
 * What the browser says about the permission for a device, without asking the person. A hint and no
 * more: Firefox forgets a permission that was given once, Safari says `prompt` where it will not
 * ask. Null where the browser does not say.
 */
export async function permissionFor(device: 'camera' | 'microphone'): Promise<PermissionStatus | null> {
  try {
    // Older browsers do not know these two names, and throw.
    return await navigator.permissions.query({ name: device });
  } catch {
    return null;
  }
}

/**
 * Calls `listener` when a permission that was refused is given: in the browser's own settings,
 * while this page is open.
 */
export async function whenGranted(
  device: 'camera' | 'microphone',
  listener: () => void,
  signal: AbortSignal,
): Promise<void> {
  const status = await permissionFor(device);
  if (signal.aborted) return;
  status?.addEventListener('change', () => status.state === 'granted' && listener(), { signal });
}
