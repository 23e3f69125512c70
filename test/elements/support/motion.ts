/**
 * Ends what moves in `root`: looked at half-way through an arrival, things have the colours of
 * neither state.
 */
export function endMotion(root: ShadowRoot): void {
  for (const motion of root.getAnimations())
    if (motion.effect?.getComputedTiming().endTime !== Infinity) motion.finish();
}
