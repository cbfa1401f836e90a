// Reads a vCard on the standard input, and says its properties as JSON: [name, parameters, type, value…].
import ICAL from "ical.js";
import { readFileSync } from "node:fs";

const carte = ICAL.parse(readFileSync(0, "utf-8"));
process.stdout.write(JSON.stringify(carte));
