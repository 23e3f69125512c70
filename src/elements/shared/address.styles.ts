import { css } from 'lit';

/** The declarations of a field that shows an address. */
export const addressField = css`
  min-inline-size: 0;
  min-block-size: var(--_target);
  padding: var(--_space-2) var(--_space-3);
  border: 1px solid var(--_line-strong);
  border-radius: var(--_radius-s);
  background: var(--_raised);
  color: inherit;
  font:
    400 0.875em/1.5 ui-monospace,
    'SFMono-Regular',
    Consolas,
    monospace;
  text-overflow: ellipsis;
`;
