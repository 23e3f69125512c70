import { element } from './dom.js';
import { SETTINGS_CHANGE } from './settings.js';
import { cutLine, isCut, mendLine } from './line.js';
import { t } from './words.js';

/** Makes each `<button class="plug">` a switch that cuts the connection, and mends it. */
export function connectPlugs(): void {
  for (const button of document.querySelectorAll<HTMLButtonElement>('button.plug')) {
    const said = element('p', { role: 'status', class: 'plug-said quiet' });
    const show = (): void => {
      button.textContent = t(isCut() ? 'Mend the connection' : 'Cut the connection');
      button.ariaPressed = String(isCut());
      said.textContent = isCut()
        ? t('Cut: no byte leaves this page or reaches it. Nothing is lost; mend it, and it goes on.')
        : '';
    };
    button.after(said);
    button.addEventListener('click', () => {
      if (isCut()) mendLine();
      else cutLine();
      show();
    });
    show();
    document.addEventListener(SETTINGS_CHANGE, show);
  }
}
