import { describeOverflow } from '../support/overflow.js';

// A right-to-left language, and one with long words. In a file of its own, as the runner gives each
// file two minutes.
describeOverflow(['ar', 'de']);
