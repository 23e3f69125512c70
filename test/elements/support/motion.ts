/**
 * Finishes the animations in `root`: half-way through one, the audit would measure colours of
 * neither state.
 */
export function endMotion(root: ShadowRoot): void {
  for (const motion of root.getAnimations())
    if (motion.effect?.getComputedTiming().endTime !== Infinity) motion.finish();
}
