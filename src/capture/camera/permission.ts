/**
 * Queries the permission for a device without a prompt. Treat the result as a hint: Firefox forgets
 * a permission that was granted once, and Safari reports `prompt` even if it will not prompt. Null
 * where the browser does not tell.
 */
export async function permissionFor(device: 'camera' | 'microphone'): Promise<PermissionStatus | null> {
  try {
    // Older browsers throw, because they do not know these two names.
    return await navigator.permissions.query({ name: device });
  } catch {
    return null;
  }
}

/**
 * Calls `listener` when a denied permission is granted in the browser's settings while the page is
 * open.
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
