import { describeOverflow } from '../support/overflow.js';

describeOverflow(['en', 'ru']);
