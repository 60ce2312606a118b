// What every page may use. Each module binds one behaviour to what it finds, and the page works without any of them.
import "./focus.js";
import "./toast.js";
import "./stepper.js";
import "./copy.js";
import "./countdown.js";
import "./ready.js";
