"""What the tests share: databases, people with browsers, factories, and the inspection that every page goes through."""
