import { describeOverflow } from '../support/overflow.js';

// From right to left; words of twice the length. A page of its own: the runner gives each two
// minutes.
describeOverflow(['he', 'de']);
