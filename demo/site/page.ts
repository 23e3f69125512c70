// What every page of the demo loads: its bar, its language, and its examples.
import { fillBar } from './bar.js';
import { runExamples } from './example.js';
import { translatePage } from './words.js';

fillBar();
translatePage();
runExamples();
