// Package quota is how often and how many: request rates per second, and limits of what an account may hold.
package quota
