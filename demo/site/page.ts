// What every page of the demo loads, before the elements.
import './line.js';
import { fillBar } from './bar.js';
import { runExamples } from './example.js';
import { offerPhoneAddress } from './phone-address.js';
import { connectPlugs } from './plug.js';
import { showProof } from './proof.js';
import { openSecondDevices } from './second-device.js';
import { translatePage } from './words.js';

fillBar();
translatePage();
runExamples();
connectPlugs();
if (window === window.top) openSecondDevices();
showProof();
void offerPhoneAddress();
