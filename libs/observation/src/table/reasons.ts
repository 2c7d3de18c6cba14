/** Every reason for which a cell, row or sheet can be refused or doubted, in both languages, with the way to mend it. */
import { ofDays } from './reasons-of-days';
import { ofDataSheets } from './reasons-of-sheets';
import { ofRows, ofSheets } from './reasons-of-tables';
import { ofKeys, ofValues } from './reasons-of-values';

export const reasons = { ...ofValues, ...ofKeys, ...ofRows, ...ofSheets, ...ofDataSheets, ...ofDays };
