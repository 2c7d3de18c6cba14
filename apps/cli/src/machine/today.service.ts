/** What day it is in the country. */
import { beijingDay } from '../terminal/beijing-time';

/** `YYYY-MM-DD`. */
export const today = (): string => beijingDay(new Date());
