// @ts-check
/**
 * What every page can do in a hurry: leave, or be covered.
 */

import { connectCover } from "./cover.js";
import { connectExit } from "./exit.js";

connectExit(document);
connectCover(document);
