import { describeOverflow } from './overflow.js';

describeOverflow(['en', 'ru']);
